"""A backup is a folder: database, uploads, notes of the audit chain, and a manifest of digests.

It never holds a key: the manifest names the ids of the field keys that its content needs.
"""

from core.backup.folder import BackupFault as BackupFault
from core.backup.folder import create as create
from core.backup.folder import restore as restore
from core.backup.folder import verify as verify
