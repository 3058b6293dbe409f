"""A minimal safetensors writer: float32 only, 8-byte little-endian header length, JSON header, data."""

import json
import struct
from pathlib import Path

import numpy as np


def write(path: Path, tensors: dict[str, np.ndarray], metadata: dict[str, str]) -> None:
    header, chunks, offset = {"__metadata__": metadata}, [], 0
    for name, value in tensors.items():
        data = np.asarray(value, dtype="<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [offset, offset + len(data)]}
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))
