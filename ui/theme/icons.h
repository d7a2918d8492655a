// Fork Awesome icons by what they mean here, as UTF-8. The icon font is merged into every text
// font (fonts.h), so an icon is just a character. Any thread.
#pragma once

namespace lookout::ui {

inline constexpr unsigned kIconFirst = 0xF000;
inline constexpr unsigned kIconLast = 0xF2E0;

inline constexpr char kIconPlay[] = "\xEF\x81\x8B";
inline constexpr char kIconPause[] = "\xEF\x81\x8C";
inline constexpr char kIconStop[] = "\xEF\x81\x8D";
inline constexpr char kIconStepForward[] = "\xEF\x81\x91";
inline constexpr char kIconStepBack[] = "\xEF\x81\x88";
inline constexpr char kIconFastForward[] = "\xEF\x81\x90";
inline constexpr char kIconReset[] = "\xEF\x80\x9E";
inline constexpr char kIconNextSeed[] = "\xEF\x81\xB4";
inline constexpr char kIconSpeed[] = "\xEF\x83\xA4";
inline constexpr char kIconView[] = "\xEF\x81\xAE";
inline constexpr char kIconHidden[] = "\xEF\x81\xB0";
inline constexpr char kIconDrive[] = "\xEF\x84\x9B";
inline constexpr char kIconMark[] = "\xEF\x80\xAB";
inline constexpr char kIconEdit[] = "\xEF\x81\x80";
inline constexpr char kIconNote[] = "\xEF\x80\xA4";
inline constexpr char kIconEnvironment[] = "\xEF\x86\xB2";
inline constexpr char kIconSeed[] = "\xEF\x87\x9E";
inline constexpr char kIconAgent[] = "\xEF\x8B\x9B";
inline constexpr char kIconPerson[] = "\xEF\x80\x87";
inline constexpr char kIconEpisodes[] = "\xEF\x80\x88";
inline constexpr char kIconBranch[] = "\xEF\x84\xA6";
inline constexpr char kIconLive[] = "\xEF\x84\x91";
inline constexpr char kIconHistory[] = "\xEF\x87\x9A";
inline constexpr char kIconOverlays[] = "\xEF\x81\x82";
inline constexpr char kIconUnsafe[] = "\xEF\x81\xB1";
inline constexpr char kIconSafe[] = "\xEF\x80\x8C";
inline constexpr char kIconUnsure[] = "\xEF\x81\x99";
inline constexpr char kIconCheck[] = "\xEF\x80\x8C";
inline constexpr char kIconClose[] = "\xEF\x80\x8D";
inline constexpr char kIconTrash[] = "\xEF\x80\x94";
inline constexpr char kIconStar[] = "\xEF\x80\x85";
inline constexpr char kIconNoStar[] = "\xEF\x80\x86";
inline constexpr char kIconMore[] = "\xEF\x85\x82";
inline constexpr char kIconUndo[] = "\xEF\x83\xA2";
inline constexpr char kIconRedo[] = "\xEF\x80\x9E";
inline constexpr char kIconSaved[] = "\xEF\x87\x80";
inline constexpr char kIconSaving[] = "\xEF\x80\xA1";
inline constexpr char kIconModel[] = "\xEF\x83\x83";
inline constexpr char kIconTraining[] = "\xEF\x88\x81";
inline constexpr char kIconReward[] = "\xEF\x82\x91";
inline constexpr char kIconBudget[] = "\xEF\x89\x8E";
inline constexpr char kIconInfo[] = "\xEF\x81\x9A";
inline constexpr char kIconWarning[] = "\xEF\x81\xB1";
inline constexpr char kIconError[] = "\xEF\x81\xAA";
inline constexpr char kIconHelp[] = "\xEF\x87\x8D";
inline constexpr char kIconKeys[] = "\xEF\x84\x9C";
inline constexpr char kIconSettings[] = "\xEF\x80\x93";
inline constexpr char kIconAdjust[] = "\xEF\x87\x9E";
inline constexpr char kIconDown[] = "\xEF\x83\x97";
inline constexpr char kIconRight[] = "\xEF\x83\x9A";
inline constexpr char kIconUp[] = "\xEF\x83\x98";
inline constexpr char kIconPlus[] = "\xEF\x81\xA7";
inline constexpr char kIconFollow[] = "\xEF\x84\xA4";
inline constexpr char kIconCompare[] = "\xEF\x89\x8E";
inline constexpr char kIconSwap[] = "\xEF\x83\xAC";
inline constexpr char kIconRenderer[] = "\xEF\x84\x88";
inline constexpr char kIconVideo[] = "\xEF\x80\xBD";
inline constexpr char kIconPhoto[] = "\xEF\x80\xBE";
inline constexpr char kIconRecord[] = "\xEF\x84\x91";
inline constexpr char kIconCamera[] = "\xEF\x80\xB0";
inline constexpr char kIconLeftPanel[] = "\xEF\x83\x89";
inline constexpr char kIconRightPanel[] = "\xEF\x83\x9B";
inline constexpr char kIconPresent[] = "\xEF\x81\xA5";
inline constexpr char kIconPresentEnd[] = "\xEF\x81\xA6";
inline constexpr char kIconLoop[] = "\xEF\x80\xA1";
inline constexpr char kIconLock[] = "\xEF\x80\xA3";
inline constexpr char kIconChecked[] = "\xEF\x81\x86";
inline constexpr char kIconUnchecked[] = "\xEF\x82\x96";
inline constexpr char kIconShield[] = "\xEF\x84\xB2";
inline constexpr char kIconWhy[] = "\xEF\x83\xAB";  // a light bulb
// One shape per cost kind, so that colour is never the only sign.
inline constexpr char kIconHazard[] = "\xEF\x84\x91";   // disc, as on the floor
inline constexpr char kIconVase[] = "\xEF\x86\xB2";     // cube
inline constexpr char kIconMoved[] = "\xEF\x81\x87";    // arrows
inline constexpr char kIconFast[] = "\xEF\x83\xA7";     // bolt
inline constexpr char kIconPillar[] = "\xEF\x82\x96";   // square outline
inline constexpr char kIconButton[] = "\xEF\x86\x92";   // dot in a circle
inline constexpr char kIconGremlin[] = "\xEF\x86\x88";  // bug

}  // namespace lookout::ui
