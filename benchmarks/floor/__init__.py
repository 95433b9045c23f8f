"""A full hall: a thousand phones at a real ``ekspora serve``."""
