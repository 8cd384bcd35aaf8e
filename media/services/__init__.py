"""What a person can do with recordings."""

from media.services.captioning import (
    UnreadableCaptions,
    attach_captions,
    draft_transcript,
    set_transcript,
)
from media.services.keeping import keep_recording, words_digest
from media.services.publishing import NotReady, publish_recording, withdraw_recording
from media.services.receiving import (
    EmptyUpload,
    StorageFull,
    TooLargeUpload,
    announce_recording,
    receive_upload,
    rename_recording,
)
from media.services.transcoding import retry_transcode, sweep_files, transcode_version

__all__ = [
    "EmptyUpload",
    "NotReady",
    "StorageFull",
    "TooLargeUpload",
    "UnreadableCaptions",
    "announce_recording",
    "attach_captions",
    "draft_transcript",
    "keep_recording",
    "publish_recording",
    "receive_upload",
    "rename_recording",
    "retry_transcode",
    "set_transcript",
    "sweep_files",
    "transcode_version",
    "withdraw_recording",
    "words_digest",
]
