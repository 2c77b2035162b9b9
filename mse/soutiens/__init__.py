"""«Nous aussi»: a promotion supports the fiche of another one"""
