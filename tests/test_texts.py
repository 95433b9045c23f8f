"""Every text shown exists in Indonesian and English: English is in the code, Indonesian in the catalogues."""

import subprocess
import sys


def test_no_text_lacks_its_indonesian_counterpart() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ekspora.ui.catalogues", "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
