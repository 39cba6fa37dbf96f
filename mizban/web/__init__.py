"""How people and programs come in: portal and desk. Finds services by their declarations, imports none."""
