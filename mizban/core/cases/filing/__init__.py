"""How a case comes in: the questions that are asked, forms put aside, files sent ahead, and the opening itself."""
