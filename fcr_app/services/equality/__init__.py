"""What victims are asked under the Equality Act 2010, kept and shown.

``access`` says who may ask and see what, and is the only one to say so; ``records`` keeps one
record for a person and what happened to them; ``answers`` writes and reads what they said;
``code_lists`` says which values there are; ``worklist`` finds whose record is incomplete.
"""
