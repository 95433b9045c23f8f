"""The gallery as files, and its address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui import site


@pytest.fixture(scope="session")
def gallery_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the rendered gallery, Indonesian."""
    folder: Path = tmp_path_factory.mktemp("gallery")
    site.build(folder)
    return folder


@pytest.fixture(scope="session")
def gallery(gallery_files: Path) -> Iterator[str]:
    """The address at which the gallery can be opened."""
    with site.served(gallery_files) as address:
        yield address
