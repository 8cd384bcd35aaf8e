"""Hashed names for static files, ES module imports included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_PATTERNS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's compressed manifest storage that also rewrites imports in our own modules.

    Other people's scripts are left alone: the rewriting works by regular expression and would
    follow imports that stand in their comments.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns: tuple[str, Any] = ("js/*.js", _PATTERNS)
