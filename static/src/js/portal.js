// The few components that need a script. Each page works without this file.
import {
  Button,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";

createAll(Button, { preventDoubleClick: true });
for (const component of [
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}
