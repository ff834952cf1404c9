"""What somebody does to a model, as data: made, taken back, made on another version, told in words."""
