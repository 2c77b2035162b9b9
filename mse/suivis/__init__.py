"""Follow what is public, by Atom feeds, an account or an e-mail address"""
