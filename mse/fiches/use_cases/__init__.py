"""What people can do with fiches: write and file, treat, follow, moderate."""
