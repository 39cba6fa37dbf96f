"""Official papers: set by typst in a process apart, kept once by their content, checked by their code."""
