"""Recorded lessons: upload, probe, transcode, captions, transcript and playback.

Knows what a safe video is and how it becomes adaptive HLS with poster and storyboard.
Owns `Recording`, its versions, captions and transcripts, and all files of recordings.
Publishes `RecordingPublished`; the only room that starts ffmpeg.
Mission: the recorded lessons that teachers, pupils and parents watch (issue 2, C.3).
"""
