"""What is asked about a victim under the Equality Act 2010: items, code lists, age, labels.

Sources: Equality Act 2010 sections 4 to 12 and 149, Gender Recognition Act 2004 section 22, the
Census 2021 questions and the harmonised standards of the Government Statistical Service, and the
police codes of self-defined (18+1) and officer-observed ethnicity. The texts are restated from
the reference on audit, statistics and data law, section 4, which says of each how sure it is.
"""
