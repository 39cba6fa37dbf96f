"""How programs come in: JSON over HTTP under `/api/v1/`, with the same filing and the same steps as the pages."""
