"""What is small when it is packed and large when it is not."""

from __future__ import annotations

import zlib


def zeros(size: int) -> bytes:
    """Return so many bytes of nothing in the form of zlib, in pieces of 16 MiB.

    Only one piece is packed: after a full flush nothing points back, so it can be repeated.
    """
    many, rest = divmod(size, 1 << 24)
    assert rest == 0
    packing = zlib.compressobj(9, wbits=-15)
    piece = packing.compress(bytes(1 << 24)) + packing.flush(zlib.Z_FULL_FLUSH)
    sum_of_zeros = (size % 65521) << 16 | 1
    return b"\x78\xda" + piece * many + packing.flush() + sum_of_zeros.to_bytes(4, "big")
