import { filesIn, placeInFile } from '../file.js';
import { type Operator, put } from '../place.js';

const section = 'auth.generic_oauth';

/** A login that works. */
export const login = {
  enabled: 'true',
  name: 'Login',
  client_id: 'grafana',
  client_secret: '$__file{/etc/grafana/credentials/admin-password}',
  scopes: 'openid profile email',
  auth_url: 'https://login.example.com/auth',
  token_url: 'https://login.example.com/token',
  api_url: 'https://login.example.com/userinfo',
  role_attribute_path: "contains(groups[*], 'ops') && 'Admin' || 'Viewer'",
  role_attribute_strict: 'true',
  allow_sign_up: 'true',
  use_pkce: 'true',
  use_refresh_token: 'true',
};

/** Expressions for the role with which nobody can log in, or not all who should. */
export const wrongPaths = [
  "contains(groups[*, 'ops') && 'Admin' || 'Viewer'",
  "contains(groups[*], 'ops') && 'Administrator' || 'Viewer'",
  `contains(groups[*], 'ops') && "Admin" || "Viewer"`,
  "contain(groups[*], 'ops') && 'Admin' || 'Viewer'",
  "contains(groups[*]) && 'Admin' || 'Viewer'",
  "groups[*] = 'ops' && 'Admin' || 'Viewer'",
  "contains(groups[*], 'ops')",
  'Viewer',
  "'Viewr'",
] as const;

/** Faults of logins. */
export const loginOperators = [
  {
    name: 'break-login',
    fault: 'the expression for the role of a user is wrong',
    places: (manifests) =>
      filesIn(manifests)
        .filter(({ key }) => key === 'grafana.ini')
        .flatMap((file) =>
          wrongPaths.map((role_attribute_path) =>
            placeInFile(manifests, file, [section], role_attribute_path, (tree) =>
              put(tree, [section], { ...login, role_attribute_path }),
            ),
          ),
        ),
  },
] satisfies readonly Operator[];
