"""What is co-signed on a joined tablet."""
