"""Recipe → trained network."""
