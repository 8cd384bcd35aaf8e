"""Looking into fragmented MP4 without a decoder."""

IDR = 5
FIRST_CODED = range(1, 6)


def starts_with_idr(segment: bytes) -> bool:
    """Whether the first coded picture of a segment is an IDR frame.

    Source: ISO/IEC 14496-10, 7.4.1.
    """
    for kind in _nal_types(segment, _media_data_at(segment)):
        if kind in FIRST_CODED:
            return kind == IDR
    return False


def is_whole(segment: bytes) -> bool:
    """Whether the boxes of a segment end exactly where the file ends, media data included."""
    at, kinds = 0, set()
    while at + 8 <= len(segment):
        size = int.from_bytes(segment[at : at + 4])
        kinds.add(segment[at + 4 : at + 8])
        if size < 8:
            return False
        at += size
    return at == len(segment) and b"mdat" in kinds


def _media_data_at(segment: bytes) -> int:
    at = 0
    while at + 8 <= len(segment):
        size = int.from_bytes(segment[at : at + 4])
        if segment[at + 4 : at + 8] == b"mdat":
            return at + (16 if size == 1 else 8)
        if size < 8:
            break
        at += size
    return len(segment)


def _nal_types(segment: bytes, at: int) -> list[int]:
    kinds = []
    while at + 5 <= len(segment):
        kinds.append(segment[at + 4] & 0x1F)
        at += 4 + int.from_bytes(segment[at : at + 4])
    return kinds
