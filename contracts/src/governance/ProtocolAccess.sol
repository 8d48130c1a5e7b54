// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Who may do what, in all contracts of the protocol
/// @notice OpenZeppelin's access manager: roles, execution delays (a timelock for each holder of a role), guardians who
/// cancel what is scheduled. Added to it: the admin role is handed over in two steps, never granted and never renounced,
/// so that it cannot be lost to a mistyped address.
/// @dev Not upgradeable. It can be left for another by {updateAuthority}, contract by contract.
contract ProtocolAccess is AccessManager {
    /// @dev 160+48+32 = 240 bits, then 160.
    struct Offer {
        address to;
        uint48 from;
        uint32 delay;
        address replaces;
    }

    /// @notice Seconds between an offer and the first moment it can be accepted.
    uint32 public immutable HANDOVER;

    Offer private _offer;

    event AdminOffered(address indexed to, address indexed replaces, uint48 from, uint32 delay);
    event AdminHandedOver(address indexed to, address indexed replaced);

    error AdminIsOffered(address account);
    error AdminStays(address account);
    error NotOffered(address account);
    error TooEarly(uint48 from);

    /// @param initialAdmin Holds the admin role until it is handed over.
    /// @param handover Seconds.
    constructor(address initialAdmin, uint32 handover) AccessManager(initialAdmin) {
        HANDOVER = handover;
    }

    /// @notice Offers the admin role to `to`, who must accept; a later offer takes the place of an earlier, and one to
    /// zero takes it back. Admin only, by his own execution delay.
    /// @param replaces Who loses the role when it is accepted; zero: nobody.
    /// @param delay Execution delay of the new admin, seconds.
    function offerAdmin(address to, address replaces, uint32 delay) external onlyAuthorized {
        uint48 from = uint48(block.timestamp) + HANDOVER;
        _offer = Offer(to, from, delay, replaces);
        emit AdminOffered(to, replaces, from, delay);
    }

    /// @notice Takes the admin role that the caller was offered.
    function acceptAdmin() external {
        Offer memory offer = _offer;
        if (msg.sender != offer.to) revert NotOffered(msg.sender);
        if (block.timestamp < offer.from) revert TooEarly(offer.from);
        delete _offer;
        _grantRole(ADMIN_ROLE, offer.to, getRoleGrantDelay(ADMIN_ROLE), offer.delay);
        if (offer.replaces != address(0) && offer.replaces != offer.to) _revokeRole(ADMIN_ROLE, offer.replaces);
        emit AdminHandedOver(offer.to, offer.replaces);
    }

    /// @notice The standing offer of the admin role; zero where there is none.
    function adminOffer() external view returns (Offer memory) {
        return _offer;
    }

    /// @notice Grants a role, or changes its holder's execution delay (seconds); the admin role can only be offered.
    function grantRole(uint64 roleId, address account, uint32 executionDelay) public override {
        if (roleId == ADMIN_ROLE) {
            (bool holds,) = hasRole(ADMIN_ROLE, account);
            if (!holds) revert AdminIsOffered(account);
        }
        super.grantRole(roleId, account, executionDelay);
    }

    /// @notice Gives a role of one's own back, save the admin's.
    function renounceRole(uint64 roleId, address callerConfirmation) public override {
        if (roleId == ADMIN_ROLE) revert AdminStays(callerConfirmation);
        super.renounceRole(roleId, callerConfirmation);
    }
}
