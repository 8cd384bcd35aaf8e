"""A secret of this machine, made at the first start and kept in ``var``."""

import os
import secrets

from lms.settings.environment import VAR_DIR


def local_secret() -> str:
    file = VAR_DIR / "keys" / "secret"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        secret = secrets.token_urlsafe(48)
        stream.write(secret)
    return secret
