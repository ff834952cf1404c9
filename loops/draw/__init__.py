"""Pictures and files of models and runs. Nothing here knows about the screen.

The diagram: `diagram` draws what `layout` has placed; `legend` and `inset` go beside it. Curves: `charts`
says how a line looks, `large` draws them with Plotly. To take away: `deck` (slides), `story` (played, as one
file or as pictures), `paper` (PDF), `document` (Word, Markdown); `raster` and `archive` make the files.
"""
