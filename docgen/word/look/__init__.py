"""How a document looks: styles, an organisation's design, its colours and logo."""
