"""Drawings as PNG, in a font that ships with the program: where none is found, text would be lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import resvg_py

_AT_A_TIME = 4


def fonts_folder() -> Path:
    """The folder with the font files, for whoever else sets type."""
    return Path(str(files("font_source_sans_pro") / "files"))


def png(svg: str, *, scale: float = 1.0) -> bytes:
    """Draw an SVG as a PNG, `scale` pixels to a unit. Raises :class:`ValueError` for what is not SVG."""
    styles = ("Regular", "Bold", "It", "BoldIt")
    faces = [str(fonts_folder() / f"SourceSansPro-{style}.ttf") for style in styles]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            font_files=faces,
            skip_system_fonts=True,
            font_family="Source Sans Pro",
            sans_serif_family="Source Sans Pro",
        )
    )


def pngs(svgs: Sequence[str], *, scale: float = 1.0) -> Iterator[bytes]:
    """The same for many, in their order, a few at a time. Raises :class:`ValueError` as :func:`png` does.

    Each is drawn by a process of its own, for the library lets nothing else of this one run meanwhile:
    whoever moves a lever on the same server would wait for every picture.
    """
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, _AT_A_TIME))
    try:
        yield from pool.map(_apart, svgs, [scale] * len(svgs))
    finally:
        pool.shutdown(cancel_futures=True)  # whoever stopped half-way wants no more of them


def _apart(svg: str, scale: float) -> bytes:
    command = [sys.executable, "-m", __name__, str(scale)]
    drawn = subprocess.run(command, input=svg.encode(), capture_output=True, check=False)
    if drawn.returncode:
        raise ValueError("a picture could not be drawn")
    return drawn.stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(png(sys.stdin.buffer.read().decode(), scale=float(sys.argv[1])))
