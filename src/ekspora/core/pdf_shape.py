"""The outer shape of a PDF: its objects, the tables of them and the trailers (ISO 32000-1, 7.5), and nothing else.

What stands before, between or behind these no reader of a paper needs, and it is where a program, a page with script
or an archive hides in a file that shows as a PDF all the same. So does a stream that is a program itself.
"""

import io
import re
import zipfile

_BLANK = rb"[\x00\t\n\f\r ]"
_HEADER = re.compile(rb"%PDF-\d\.\d[ \t]*(?:%[^\r\n<]{0,20})?[\r\n]")
_BODY = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_PARTS = re.compile(
    rb"%(?P<comment>[^\r\n]*)"
    rb"|\d{1,10}" + _BLANK + rb"+\d{1,5}" + _BLANK + rb"+obj\b.*?\bendobj"
    rb"|xref[\x00\t\n\f\r \dnf]*"
    rb"|trailer" + _BLANK + rb"*<<.*?>>(?=" + _BLANK + rb"*(?:startxref|%%EOF))"
    rb"|startxref" + _BLANK + rb"+\d+"
    rb"|" + _BLANK + rb"+",
    re.DOTALL,
)
_LONGEST_COMMENT = 200
_MOST_COMMENT = 4000
_PROGRAM = re.compile(
    rb"\s*(?:\x7fELF|#!\s*/|<\?php|<!doctype html|<html|<script|PK\x03\x04|\xca\xfe\xba\xbe)", re.IGNORECASE
)


def is_only_a_paper(data: bytes) -> bool:
    """Whether a PDF is made of its own parts only, from the first byte to the last. Linear in the file."""
    if not _HEADER.match(data) or b"%%EOF" not in data or _is_archive(data):
        return False
    bare = without_streams(data)
    place = comments = 0
    while place < len(bare):
        part = _PARTS.match(bare, place)
        if part is None:
            return False
        if comment := part["comment"]:
            comments += len(comment)
            if len(comment) > _LONGEST_COMMENT or comments > _MOST_COMMENT or b"<" in comment:
                return False
        place = part.end()
    return True


def without_streams(data: bytes) -> bytes:
    """The objects of a PDF as they are written, without the streams in them."""
    return _BODY.sub(b"", data)


def is_program(stream: bytes) -> bool:
    """Whether what a stream holds is a program, a page with script or an archive."""
    return bool(_PROGRAM.match(stream)) or (stream[:2] == b"MZ" and b"PE\0\0" in stream[:1024])


def _is_archive(data: bytes) -> bool:
    return b"PK\x03\x04" in data and zipfile.is_zipfile(io.BytesIO(data))
