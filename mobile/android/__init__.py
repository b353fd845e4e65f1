"""How the tablet is packed for Android; `stage` makes the tree that buildozer packs."""
