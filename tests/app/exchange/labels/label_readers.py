"""Reads exported labels with the libraries that people read such files with.

label_readers.py FOLDER REPORT: pandas takes labels.csv, lxml holds elan/*.eaf to what ELAN's schema
says of them, and h5py asserts of steps.hdf5 what DSRL's loader does and of minari-v0 what Minari's
does. What they found goes to REPORT as JSON. Fails if a reader refuses its file.
"""

import json
import pathlib
import sys

import h5py
import numpy
import pandas
from lxml import etree

ELAN = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="ANNOTATION_DOCUMENT"><xs:complexType><xs:sequence>
 <xs:element name="HEADER"><xs:complexType><xs:sequence>
  <xs:element name="PROPERTY" maxOccurs="unbounded" minOccurs="0"><xs:complexType><xs:simpleContent>
   <xs:extension base="xs:string"><xs:attribute name="NAME" type="xs:string"/></xs:extension>
  </xs:simpleContent></xs:complexType></xs:element></xs:sequence>
  <xs:attribute name="MEDIA_FILE" use="required"/>
  <xs:attribute name="TIME_UNITS"><xs:simpleType><xs:restriction base="xs:string">
   <xs:enumeration value="milliseconds"/></xs:restriction></xs:simpleType></xs:attribute>
 </xs:complexType></xs:element>
 <xs:element name="TIME_ORDER"><xs:complexType><xs:sequence>
  <xs:element name="TIME_SLOT" maxOccurs="unbounded" minOccurs="0"><xs:complexType>
   <xs:attribute name="TIME_SLOT_ID" type="xs:ID" use="required"/>
   <xs:attribute name="TIME_VALUE" type="xs:unsignedInt"/></xs:complexType></xs:element>
 </xs:sequence></xs:complexType></xs:element>
 <xs:element name="TIER" maxOccurs="unbounded" minOccurs="0"><xs:complexType><xs:sequence>
  <xs:element name="ANNOTATION" maxOccurs="unbounded" minOccurs="0"><xs:complexType><xs:sequence>
   <xs:element name="ALIGNABLE_ANNOTATION"><xs:complexType><xs:sequence>
    <xs:element name="ANNOTATION_VALUE" type="xs:string"/></xs:sequence>
    <xs:attribute name="ANNOTATION_ID" type="xs:ID" use="required"/>
    <xs:attribute name="TIME_SLOT_REF1" type="xs:IDREF" use="required"/>
    <xs:attribute name="TIME_SLOT_REF2" type="xs:IDREF" use="required"/>
   </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence>
  <xs:attribute name="TIER_ID" type="xs:string" use="required"/>
  <xs:attribute name="ANNOTATOR" type="xs:string"/>
  <xs:attribute name="LINGUISTIC_TYPE_REF" type="xs:string" use="required"/>
 </xs:complexType></xs:element>
 <xs:element name="LINGUISTIC_TYPE" maxOccurs="unbounded"><xs:complexType>
  <xs:attribute name="LINGUISTIC_TYPE_ID" type="xs:string" use="required"/>
  <xs:attribute name="TIME_ALIGNABLE" type="xs:boolean"/>
  <xs:attribute name="GRAPHIC_REFERENCES" type="xs:boolean"/></xs:complexType></xs:element>
 </xs:sequence>
 <xs:attribute name="DATE" type="xs:dateTime" use="required"/>
 <xs:attribute name="AUTHOR" type="xs:string" use="required"/>
 <xs:attribute name="VERSION" type="xs:string" use="required"/>
 <xs:attribute name="FORMAT" type="xs:string"/>
</xs:complexType></xs:element></xs:schema>"""


def table(path):
    rows = pandas.read_csv(path)
    assert rows["first_step"].dtype.kind == "i" and rows["blind"].dtype.kind == "b"
    return rows[["episode", "first_step", "last_step", "verdict", "annotator"]].values.tolist()


def elan(folder):
    schema = etree.XMLSchema(etree.fromstring(ELAN))
    tiers = {}
    for path in sorted(folder.glob("*.eaf")):
        document = etree.parse(str(path))
        schema.assertValid(document)
        times = {slot.get("TIME_SLOT_ID"): int(slot.get("TIME_VALUE")) for slot in document.iter("TIME_SLOT")}
        for tier in document.iter("TIER"):
            spans = sorted(
                (times[a.get("TIME_SLOT_REF1")], times[a.get("TIME_SLOT_REF2")])
                for a in tier.iter("ALIGNABLE_ANNOTATION")
            )
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), "spans of a tier overlap"
            tiers[path.name + " " + tier.get("TIER_ID")] = spans
    return tiers


def dsrl(path):
    """offline_env.py of DSRL: the keys, the sizes, and every table of as many rows."""
    data = {}
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: data.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
    for key in ["observations", "next_observations", "actions", "rewards", "costs", "terminals", "timeouts"]:
        assert key in data, key
    count = data["observations"].shape[0]
    assert all(values.shape[0] == count for values in data.values())
    assert data["actions"].ndim == 2 and data["rewards"].shape == (count,)
    done = (data["terminals"] == 1) | (data["timeouts"] == 1)
    assert done[-1], "the last row ends no episode"
    inside = ~done[:-1]
    assert (data["next_observations"][:-1][inside] == data["observations"][1:][inside]).all()
    label = data["human_label"]
    return {
        "rows": count,
        "episodes": int(done.sum()),
        "cost": float(data["costs"].sum()),
        "unsafe": numpy.flatnonzero(label == 1).tolist(),
        "unsaid": int(numpy.isnan(label).sum()),
    }


def minari(folder):
    """What Minari 0.5 asks of a data set on disk."""
    metadata = json.loads((folder / "data" / "metadata.json").read_text())
    for key in ["total_episodes", "total_steps", "dataset_id", "minari_version"]:
        assert key in metadata, key
    assert metadata["data_format"] == "hdf5"
    observation, action = (json.loads(metadata[key]) for key in ["observation_space", "action_space"])
    labels = []
    with h5py.File(folder / "data" / "main_data.hdf5", "r") as file:
        assert len(file) == metadata["total_episodes"]
        for number in range(len(file)):
            episode = file[f"episode_{number}"]
            steps = int(episode.attrs["total_steps"])
            assert episode.attrs["id"] == number and episode.attrs["id"].dtype == numpy.int64
            assert episode["observations"].shape == (steps + 1, *observation["shape"])
            assert episode["actions"].shape == (steps, *action["shape"])
            assert episode["rewards"].dtype == numpy.float64
            assert episode["terminations"].dtype == bool and episode["truncations"].shape == (steps,)
            assert episode["truncations"][-1] or episode["terminations"][-1]
            assert episode["infos/cost"].shape == (steps + 1,)
            labels.append(numpy.flatnonzero(episode["infos/human_label"][()] == 1).tolist())
    return {"id": metadata["dataset_id"], "steps": metadata["total_steps"], "unsafe": labels}


folder, report = map(pathlib.Path, sys.argv[1:])
found = {
    "table": table(folder / "labels.csv"),
    "elan": elan(folder / "elan"),
    "dsrl": dsrl(folder / "steps.hdf5"),
    "minari": minari(folder / "minari-v0"),
}
report.write_text(json.dumps(found))
