"""What people do with repères."""
