"""How people and programs come in: portal, desk and API. Finds services by their declarations, imports none."""
