"""Makes resize.safetensors: python3 make_resize.py (numpy). Bilinear resizing without half-pixel offset and antialias.

Output pixel i is read at i * in / out; as two matrices of weights, rows times image times columns, in double.
"""
import json
import struct

import numpy


def weights(before, after):
    matrix = numpy.zeros((after, before))
    for i in range(after):
        at = i * before / after
        low = int(numpy.floor(at))
        matrix[i, low] += 1 - (at - low)
        matrix[i, min(low + 1, before - 1)] += at - low
    return matrix


random = numpy.random.RandomState(3)
tensors = {}
for name, channels, (height, width), (to_height, to_width) in [
    ("larger", 3, (5, 7), (11, 13)),
    ("smaller", 1, (9, 6), (4, 5)),
    ("inception", 1, (2, 32), (1, 299)),
    ("same", 3, (4, 4), (4, 4)),
]:
    image = random.randint(0, 256, (channels, height, width))
    rows, columns = weights(height, to_height), weights(width, to_width)
    tensors[name + ".image"] = image.astype("<f4")
    tensors[name + ".resized"] = (rows @ image @ columns.T).astype("<f4")

header, offset = {}, 0
for name, tensor in tensors.items():
    header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, offset + tensor.nbytes]}
    offset += tensor.nbytes
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open("resize.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + b"".join(tensor.tobytes() for tensor in tensors.values()))
