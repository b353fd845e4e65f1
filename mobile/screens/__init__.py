"""The screens: skins that show a state and send events up. They know no store and no network."""
