"""What the office does with a case inside its walls: assigning, referring, asking colleagues, noting."""
