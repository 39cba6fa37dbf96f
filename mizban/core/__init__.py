"""What any case needs: agencies < people < sealing < events < declarations < cases."""
