"""Education sessions of carriers: planned and held in the console, answered on phones, certified on paper."""
