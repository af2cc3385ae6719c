"""Are the peers installed, in an environment of their own, at exactly the versions that are pinned?"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
ENVIRONMENT = Path(__file__).parents[2] / ".venv-peers"


def peers_python() -> Path | None:
    """The Python of the peers' environment, made on demand; None, with a word, where it cannot be made."""
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / ".ready"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    uv = Path(sys.executable).with_name("uv")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    try:
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, ENVIRONMENT], check=True)
        subprocess.run(
            [uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", REQUIREMENTS],
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        print(f"The peers could not be installed ({error}), so Folkmoot is measured alone.", file=sys.stderr)
        return None
    stamp.write_text(wanted)
    return python
