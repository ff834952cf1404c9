"""Where a system comes to rest, how firmly, and what it gives back of what is put in.

Each module is one question and most are named after the function that answers it, so names are imported from
the modules.
"""

from threadpoolctl import threadpool_limits

# matrices here are small: on a busy computer threads that wait for each other made eigenvalues 8 times slower
threadpool_limits(limits=1, user_api="blas")
