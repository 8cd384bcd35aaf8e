"""The one door to ffmpeg and its libraries: what to run, how to run it, what to read."""
