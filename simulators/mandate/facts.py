"""What a mandate is made of: pages, themes, lengths. Checked 2026-11-26 against the project's file S18."""

THEMES = (
    "papiers",
    "famille",
    "social",
    "travail",
    "logement",
    "transports",
    "argent",
    "justice",
    "étranger",
    "loisirs",
)
LENGTHS = ("1", "31", "182", "365")
PAGES = {
    "read": ("to-themes",),
    "themes": ("to-length", "back"),
    "length": ("to-identify", "back"),
    "identify": ("ask", "to-recap", "back"),
    "recap": ("box", "confirm", "back"),
    "given": ("use", "revoke"),
    "use": ("act", "beyond", "keep", "revoke"),
    "revoked": ("anew",),
    "stopped": ("refer", "back"),
}
"""Pages of the professional and the buttons that stand on each."""

PERSON = {"plain": ("heard",), "sign": ("sign",), "choice": ("accept", "refuse")}
BEFORE = {"themes": "read", "length": "themes", "identify": "length", "recap": "identify", "stopped": "identify"}
SIGNED = ("given", "use", "revoked")
LABELS = {
    "to-themes": "Continuer vers les thèmes",
    "to-length": "Continuer vers la durée",
    "to-identify": "Continuer vers l'identité",
    "to-recap": "Continuer",
    "use": "Utiliser le mandat",
    "back": "Retour",
    "revoke": "Mettre fin au mandat",
    "anew": "Préparer un autre mandat",
}
