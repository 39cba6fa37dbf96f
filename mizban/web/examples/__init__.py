"""Examples worked out from declarations: answers that pass and small files, for programs and for rehearsals."""
