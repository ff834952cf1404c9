"""Drawings as PNG, in a font that ships with the program: where none is found, text would be lost."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import resvg_py


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
