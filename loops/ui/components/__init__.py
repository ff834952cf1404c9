"""What is drawn and moved in the reader's own browser: the diagram, live levers, curves over time."""
