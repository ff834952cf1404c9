"""What the page “Change the diagram” is made of."""
