"""Reads what a training run leaves with the libraries that people read such files with.

usual_readers.py RUN MODEL REPORT: pandas takes progress.txt as the 2019 agents' own plots do, the
onnx package checks the exported policy, and Google's protobuf library parses the event files, whose
records are framed and checked here as TensorBoard does. What they found goes to REPORT as JSON. Fails
if a reader refuses its file.
"""

import json
import pathlib
import struct
import sys

import onnx
import pandas
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def progress(folder):
    table = pandas.read_table(folder / "progress.txt")
    assert all(kind.kind in "if" for kind in table.dtypes), "a column is not of numbers"
    gap_is_none = table.astype(object).where(table.notna(), None)
    return {name: gap_is_none[name].tolist() for name in table.columns}


def model(path):
    loaded = onnx.load(path)
    onnx.checker.check_model(loaded, full_check=True)
    return {port.name: len(port.type.tensor_type.shape.dim) for port in loaded.graph.output}


def event_class():
    """tensorflow/core/util/event.proto, as far as scalars need it."""
    file = descriptor_pb2.FileDescriptorProto(name="event.proto", package="tensorflow", syntax="proto3")
    field = descriptor_pb2.FieldDescriptorProto

    def message(name, *fields):
        added = file.message_type.add(name=name)
        for field_name, number, kind, kwargs in fields:
            added.field.add(name=field_name, number=number, type=kind, **{"label": 1, **kwargs})

    message("Value", ("tag", 1, field.TYPE_STRING, {}), ("simple_value", 2, field.TYPE_FLOAT, {}))
    message("Summary", ("value", 1, field.TYPE_MESSAGE, {"label": 3, "type_name": ".tensorflow.Value"}))
    message(
        "Event",
        ("wall_time", 1, field.TYPE_DOUBLE, {}),
        ("step", 2, field.TYPE_INT64, {}),
        ("file_version", 3, field.TYPE_STRING, {}),
        ("summary", 5, field.TYPE_MESSAGE, {"type_name": ".tensorflow.Summary"}),
    )
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    descriptor = pool.FindMessageTypeByName("tensorflow.Event")
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def masked_crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    while data:
        length, length_crc = struct.unpack_from("<QI", data)
        assert masked_crc32c(data[:8]) == length_crc, "a length's checksum is wrong"
        payload = data[12 : 12 + length]
        (payload_crc,) = struct.unpack_from("<I", data, 12 + length)
        assert masked_crc32c(payload) == payload_crc, "a record's checksum is wrong"
        yield payload
        data = data[16 + length :]


def events(folder):
    parse = event_class().FromString
    curves = {}
    for path in sorted((folder / "tb").glob("events.out.tfevents.*")):
        parsed = [parse(record) for record in records(path.read_bytes())]
        assert parsed[0].file_version == "brain.Event:2", "the first event is no version"
        for event in parsed:
            for value in event.summary.value:
                curves.setdefault(value.tag, []).append([event.step, value.simple_value])
    return curves


run, exported, report = map(pathlib.Path, sys.argv[1:])
found = {"progress": progress(run), "outputs": model(str(exported)), "events": events(run)}
report.write_text(json.dumps(found))
