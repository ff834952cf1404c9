"""Pictures of models and runs: diagrams as SVG and curves for Plotly. Nothing here knows about the screen."""
