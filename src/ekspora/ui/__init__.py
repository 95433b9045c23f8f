"""The design system: style sheets, base templates, tags, form widgets, charts, PDF base, catalogues."""
