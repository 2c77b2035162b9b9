"""Follow what is public: by Atom feeds, or with an account."""
