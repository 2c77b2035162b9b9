"""What people send about the directory."""
