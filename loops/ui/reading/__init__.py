"""What is read about the diagram: cards, loops told step by step, boxes filled over time."""
